// SPDX-License-Identifier: Apache-2.0
#include "export/maps/png_file.h"

#include "core/error.h"
#include "core/file/atomic_file.h"

#include <QBuffer>

namespace exporters
{

void writePngFile(const QImage &image, const std::filesystem::path &target,
                  const std::function<void(QByteArray &)> &finish)
{
    core::AtomicFile file(target); // first, so that a bad place is told before the work
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        throw core::Error(core::ErrorKind::OutOfMemory,
                          "There is not enough memory to write " + target.string() + ".");
    QByteArray bytes = buffer.data();
    if (finish)
        finish(bytes);
    file.write(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    file.commit();
}

} // namespace exporters
