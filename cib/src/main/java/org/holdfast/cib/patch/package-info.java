/**
 * Differences between documents as patchsets of Pacemaker's format 2, made and applied as the real
 * one does it, so that either side's patchsets lead the other to the same document.
 */
@NullMarked
package org.holdfast.cib.patch;

import org.jspecify.annotations.NullMarked;
