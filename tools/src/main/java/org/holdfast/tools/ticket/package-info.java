/**
 * The command crm_ticket: tickets that let a site of several run resources. Each is a function of
 * arguments, environment and files.
 */
@NullMarked
package org.holdfast.tools.ticket;

import org.jspecify.annotations.NullMarked;
