/**
 * Blocks of names and values (instance and meta attributes, utilization, cluster options) to one
 * value per name, by scores, rules and references.
 */
@NullMarked
package org.holdfast.cib.nvpair;

import org.jspecify.annotations.NullMarked;
