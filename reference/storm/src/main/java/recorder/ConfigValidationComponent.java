package recorder;

import java.util.Map;
import org.apache.storm.validation.ConfigValidation;

/** {@link ConfigValidation} of a topology's configuration; the answer is the message of the exception, or null. */
final class ConfigValidationComponent implements Component {

    ConfigValidationComponent(Step config) {
    }

    @Override
    public Object play(Object given) {
        Map<String, Object> conf = Step.of(given).fields();
        try {
            ConfigValidation.validateFields(conf);
            return null;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }
}
