/**
 * Unix stream sockets: a listener that knows who connects, and the way to it. The content of the
 * streams is not this package's matter.
 */
@NullMarked
package org.holdfast.transport.unix;

import org.jspecify.annotations.NullMarked;
