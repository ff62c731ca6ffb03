/** Tests of the doctor, with servers in place of gates and fronts. */
package io.pingate.standalone.doctor;
