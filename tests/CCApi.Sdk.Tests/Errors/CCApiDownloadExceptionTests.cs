using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiDownloadExceptionTests : ExceptionContract<CCApiDownloadException>;
