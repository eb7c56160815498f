/**
 * crm_report(8): gathers what somebody needs who looks for the cause of a cluster's problem, in the
 * layout that users and support know. Passwords do not leave the machine.
 */
@NullMarked
package org.holdfast.tools.report;

import org.jspecify.annotations.NullMarked;
