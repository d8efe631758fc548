// SPDX-License-Identifier: Apache-2.0
#include "export/formats/cvat_xml.h"

#include "export/formats/cvat/cvat_xml_reader.h"
#include "export/formats/cvat/cvat_xml_writer.h"

#include <QFile>
#include <QXmlStreamReader>

namespace exporters
{

bool CvatXml::recognises(const std::filesystem::path &input) const
{
    std::error_code error;
    const std::filesystem::path path =
        std::filesystem::is_directory(input, error) ? input / "annotations.xml" : input;
    if (!std::filesystem::is_regular_file(path, error))
        return false;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    // The start is enough: <annotations> and what it begins with.
    QXmlStreamReader xml(file.read(64 << 10));
    if (!xml.readNextStartElement() || xml.name() != u"annotations" || !xml.readNextStartElement())
        return false;
    return xml.name() == u"version" || xml.name() == u"meta" || xml.name() == u"image";
}

ReadResult CvatXml::read(const std::filesystem::path &input, const ReadOptions &options,
                         std::stop_token stop, const Progress &progress) const
{
    std::error_code error;
    const bool isFolder = std::filesystem::is_directory(input, error);
    return readCvatXml(isFolder ? input / "annotations.xml" : input, options, std::move(stop),
                       progress);
}

WriteSummary CvatXml::write(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &, std::stop_token stop,
                            const Progress &progress) const
{
    return writeCvatXml(source, target, std::move(stop), progress);
}

} // namespace exporters
