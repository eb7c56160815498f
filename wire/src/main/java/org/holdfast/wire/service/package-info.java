/**
 * What the messages of all of Corosync's services have in common: the header that names service and
 * function. And the services by number.
 */
@NullMarked
package org.holdfast.wire.service;

import org.jspecify.annotations.NullMarked;
