using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiBudgetExceededExceptionTests : ExceptionContract<CCApiBudgetExceededException>;
