/**
 * The resource manager put together from its parts, and the desk where requests of commands arrive.
 * What goes in and comes out is in the package above.
 */
@NullMarked
package org.holdfast.manager.assembly;

import org.jspecify.annotations.NullMarked;
