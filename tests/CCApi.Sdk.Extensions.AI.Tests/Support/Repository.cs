using System.Linq;
using System.Reflection;

namespace CCApi.Sdk.Extensions.AI.Tests.Support;

internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
}
