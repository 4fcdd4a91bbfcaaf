using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiConnectionExceptionTests : ExceptionContract<CCApiConnectionException>;
