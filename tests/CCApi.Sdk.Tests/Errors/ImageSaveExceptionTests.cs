using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Errors;

public class ImageSaveExceptionTests : ExceptionContract<ImageSaveException>;
