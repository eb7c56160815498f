/**
 * Damaged and hostile input at every door of the program: files, standard input, arguments, the
 * disk, other nodes. What comes in at random must end in an error or in a valid change, and nothing
 * may be lost by it.
 */
@NullMarked
package org.holdfast.node.badinput;

import org.jspecify.annotations.NullMarked;
