/**
 * The command crm_rule: tells whether a rule is in effect. Each is a function of arguments,
 * environment and files.
 */
@NullMarked
package org.holdfast.tools.rule;

import org.jspecify.annotations.NullMarked;
