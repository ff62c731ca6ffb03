package io.pingate.servlet;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.doctor.ProbeAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A probe of the doctor's at the filter's door. */
record ProbedRequest(HttpServletRequest request, HttpServletResponse response) implements ProbeAnswer.Client {
    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    @Override
    public OutputStream begin(int status, HeaderFields fields) throws IOException {
        response.setStatus(status);
        fields.forEach(response::addHeader);
        return response.getOutputStream();
    }
}
