/**
 * Why a score is what it is: typed causes that placement hands to whoever listens, in the order in
 * which it decided. Nothing is built when nobody listens.
 */
@NullMarked
package org.holdfast.scheduler.reasons;

import org.jspecify.annotations.NullMarked;
