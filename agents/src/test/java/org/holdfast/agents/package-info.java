/** Tests with small agents written for them. */
@NullMarked
package org.holdfast.agents;

import org.jspecify.annotations.NullMarked;
