/**
 * The CIB as an immutable tree. Trees share unchanged parts, so a change costs what it touches and
 * an old version can be kept as long as somebody needs it.
 */
@NullMarked
package org.holdfast.cib.document;

import org.jspecify.annotations.NullMarked;
