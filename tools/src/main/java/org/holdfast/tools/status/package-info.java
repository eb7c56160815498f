/**
 * Shows the status of a cluster as text: nodes, resources of every kind, failures. Shared by every
 * command that shows a status; none of it decides anything.
 */
@NullMarked
package org.holdfast.tools.status;

import org.jspecify.annotations.NullMarked;
