/**
 * The list of Pacemaker's commands on the CIB and of the small ones beside them. The commands are
 * in packages of their own, their common manner in {@code frame}.
 */
@NullMarked
package org.holdfast.tools.crm;

import org.jspecify.annotations.NullMarked;
