@NullMarked
package org.holdfast.tools.fencing;

import org.jspecify.annotations.NullMarked;
