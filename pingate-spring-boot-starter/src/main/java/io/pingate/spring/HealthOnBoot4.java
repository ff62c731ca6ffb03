package io.pingate.spring;

import io.pingate.servlet.PinGateSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the actuator of Spring Boot 4; the other one has its types elsewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBooleanProperty(name = "management.health.pingate.enabled", matchIfMissing = true)
final class HealthOnBoot4 {
    @Bean
    HealthIndicator pingateHealthIndicator(PinGateSettings settings) {
        return () -> (GateHealth.isReady(settings) ? Health.up() : Health.down()).build();
    }
}
