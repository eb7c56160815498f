/**
 * Totem's single ring: who is in it, the token that goes round, the total order of messages, and
 * the recovery of an old ring's messages when a new one forms. {@link org.holdfast.totem.ring.Ring}
 * is the entrance.
 *
 * @see <a href="https://doi.org/10.1145/210223.210224">Amir, Moser, Melliar-Smith, Agarwal,
 *     Ciarfella: The Totem Single-Ring Ordering and Membership Protocol</a>
 */
@NullMarked
package org.holdfast.totem.ring;

import org.jspecify.annotations.NullMarked;
