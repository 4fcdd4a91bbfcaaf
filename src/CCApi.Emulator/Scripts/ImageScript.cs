using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>A rule for both image operations.</summary>
public sealed class ImageScript : ScriptBuilder<ImageScript>
{
    internal ImageScript(EmulatorScript script, ScriptRule rule)
        : base(script, rule)
    {
    }

    /// <summary>
    /// Adds images, returned by URL or as base64, at once or through a job, as an unscripted request would get them. They are
    /// charged as images are.
    /// </summary>
    /// <param name="files">The files, one for each image.</param>
    /// <param name="revisedPrompt">The revised prompt; null for the prompt itself.</param>
    public ImageScript Reply(IReadOnlyList<byte[]> files, string? revisedPrompt = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Add(new ImageStep([.. files.Select(file => file.ToArray())], revisedPrompt));
    }
}
