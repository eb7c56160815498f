/** Tests of corosync.conf(5) as data: syntax, knowledge of keys, typed view, printing. */
@NullMarked
package org.holdfast.corosyncconf;

import org.jspecify.annotations.NullMarked;
