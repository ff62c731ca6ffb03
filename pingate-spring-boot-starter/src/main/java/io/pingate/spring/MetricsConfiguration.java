package io.pingate.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.pingate.servlet.metrics.GateMetrics;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the gate's figures into the application's registry, where the actuator has one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
final class MetricsConfiguration {
    /** Hears the gate as every other listener that is a bean. */
    @Bean
    @ConditionalOnBean(type = "io.micrometer.core.instrument.MeterRegistry")
    @ConditionalOnMissingBean
    GateMetrics pingateMetrics(MeterRegistry registry) {
        return new GateMetrics(registry);
    }
}
