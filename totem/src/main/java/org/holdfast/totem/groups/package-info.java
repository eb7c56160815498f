/**
 * Packs messages into ring packets and takes them apart again: small ones share a packet, long ones
 * are cut. Layout and rules of Corosync's totempg.
 */
@NullMarked
package org.holdfast.totem.groups;

import org.jspecify.annotations.NullMarked;
