using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiExceptionTests : ExceptionContract<CCApiException>;
