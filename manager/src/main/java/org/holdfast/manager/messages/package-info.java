/**
 * The messages between managers: Pacemaker's groups, envelopes and XML shapes, and what every part
 * needs to send them and to set timers.
 */
@NullMarked
package org.holdfast.manager.messages;

import org.jspecify.annotations.NullMarked;
