/** The messages of Corosync's configuration service: reload, kill, shutdown. Byte-exact codecs. */
@NullMarked
package org.holdfast.wire.cfg;

import org.jspecify.annotations.NullMarked;
