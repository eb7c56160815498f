/**
 * What commands may ask of a running node, and what they get back, as values. The daemon's parts
 * answer these requests; tools, the web interface and tests send them.
 */
@NullMarked
package org.holdfast.controlapi;

import org.jspecify.annotations.NullMarked;
