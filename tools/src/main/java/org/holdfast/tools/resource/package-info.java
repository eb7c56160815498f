/**
 * The command {@code crm_resource}: asks about resources, changes their parameters, moves them, and
 * has the cluster recheck them. {@code CrmResource} reads the command line and opens the CIB; one
 * class per theme does the rest on a {@code Session}.
 */
@NullMarked
package org.holdfast.tools.resource;

import org.jspecify.annotations.NullMarked;
