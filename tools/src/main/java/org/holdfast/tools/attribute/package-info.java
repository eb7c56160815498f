/**
 * Commands on attributes of nodes: crm_attribute and what is made of it. Each is a function of
 * arguments, environment and files.
 */
@NullMarked
package org.holdfast.tools.attribute;

import org.jspecify.annotations.NullMarked;
