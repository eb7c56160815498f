/**
 * The options of cluster, resources and fence devices as people and programs read them: one table
 * of names, types, defaults and texts, and the forms in which commands print it.
 */
@NullMarked
package org.holdfast.tools.options;

import org.jspecify.annotations.NullMarked;
