/** Tests of crm_simulate: own small cases, always, and the recorded corpus where it is at hand. */
@NullMarked
package org.holdfast.tools.simulate;

import org.jspecify.annotations.NullMarked;
