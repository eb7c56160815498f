/**
 * The controller of one node: elects the DC, joins nodes, and as DC has transitions computed and
 * carries them out. One class for each state of Pacemaker's controller, one for each duty.
 */
@NullMarked
package org.holdfast.manager.controller;

import org.jspecify.annotations.NullMarked;
