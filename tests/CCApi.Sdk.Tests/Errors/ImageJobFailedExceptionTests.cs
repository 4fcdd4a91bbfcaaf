using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class ImageJobFailedExceptionTests : ExceptionContract<ImageJobFailedException>;
