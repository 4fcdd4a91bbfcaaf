using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class SpeechSaveExceptionTests : ExceptionContract<SpeechSaveException>;
