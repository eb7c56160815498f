/**
 * The sync step after each new ring: every node sends its services' state, service by service, and
 * waits for all others after each. Rules of Corosync's sync service.
 */
@NullMarked
package org.holdfast.totem.sync;

import org.jspecify.annotations.NullMarked;
