@NullMarked
package org.holdfast.tools.mon;

import org.jspecify.annotations.NullMarked;
