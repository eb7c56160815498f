/** The list of all commands by their names. Nothing else knows every family of them. */
@NullMarked
package org.holdfast.tools.catalogue;

import org.jspecify.annotations.NullMarked;
