/** votequorum: whether this partition of the cluster may act. Rules of votequorum(5). */
@NullMarked
package org.holdfast.totem.quorum;

import org.jspecify.annotations.NullMarked;
