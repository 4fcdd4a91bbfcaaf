using System;
using System.Collections.Generic;
using System.IO;

namespace CCApi.Sdk;

/// <summary>Makes a folder with all above it, and can take back what it made.</summary>
internal sealed class CreatedFolders
{
    // Innermost first.
    private readonly List<string> _missing = [];

    public CreatedFolders(string path)
    {
        for (var folder = path; !string.IsNullOrEmpty(folder) && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            _missing.Add(folder);
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch
        {
            RemoveEmpty();
            throw;
        }
    }

    /// <summary>Removes those that it made, unless something is in them.</summary>
    public void RemoveEmpty()
    {
        foreach (var folder in _missing)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Never made, or somebody else uses it by now.
                return;
            }
        }
    }
}
