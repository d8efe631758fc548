// SPDX-License-Identifier: Apache-2.0
// OpenCV's codecs in a module: they may rest on a hundred libraries (GDAL), which take longer to
// load than the window to show.
#include "core/file/module_file.h"
#include "core/image/codecs/codec_functions.h"

#include <opencv2/imgcodecs.hpp>

static cv::Mat decode(const std::vector<std::uint8_t> &file)
{
    return cv::imdecode(file, cv::IMREAD_UNCHANGED);
}

static const core::CodecFunctions functions{&decode};

const char *const maskwrightModuleBuild = core::moduleBuild;
const void *const maskwrightModuleTable = &functions;
