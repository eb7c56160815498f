/**
 * corosync.conf(5) as data: parsed with its order and line numbers, checked against every section
 * and key that the manual knows, viewed by type, and printed as pcs prints it. Pure: the text comes
 * from and goes to the caller.
 */
@NullMarked
package org.holdfast.corosyncconf;

import org.jspecify.annotations.NullMarked;
