/**
 * The command crm_error: what return codes mean. Each is a function of arguments, environment and
 * files.
 */
@NullMarked
package org.holdfast.tools.error;

import org.jspecify.annotations.NullMarked;
