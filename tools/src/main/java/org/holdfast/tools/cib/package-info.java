/**
 * Commands that show and change the CIB: cibadmin, crm_diff, crm_shadow, crm_verify. Each is a
 * function of arguments, environment and files.
 */
@NullMarked
package org.holdfast.tools.cib;

import org.jspecify.annotations.NullMarked;
