/**
 * {@code crm_simulate}: shows what the scheduler would do for a CIB, and what the status would be
 * afterwards. The batch entrance answers many such questions in one process.
 */
@NullMarked
package org.holdfast.tools.simulate;

import org.jspecify.annotations.NullMarked;
