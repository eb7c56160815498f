/**
 * The envelope around every message that Pacemaker's daemons send to a CPG group. The content is a
 * piece of XML text, which this package leaves alone.
 */
@NullMarked
package org.holdfast.wire.pacemaker;

import org.jspecify.annotations.NullMarked;
