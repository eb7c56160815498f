/**
 * Scores of nodes that do not depend on other resources: location constraints, bans and
 * preferences. Also where node attributes are looked up.
 */
@NullMarked
package org.holdfast.scheduler.locations;

import org.jspecify.annotations.NullMarked;
