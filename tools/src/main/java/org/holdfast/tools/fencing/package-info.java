/** stonith_admin(8), and fencing in words. */
@NullMarked
package org.holdfast.tools.fencing;

import org.jspecify.annotations.NullMarked;
