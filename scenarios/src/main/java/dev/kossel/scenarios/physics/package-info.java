/** Chemistry and electrochemistry: constants, rate laws, charge-transfer kinetics, control of current and potential. */
@NullMarked
package dev.kossel.scenarios.physics;

import org.jspecify.annotations.NullMarked;
