// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSpinBox>

namespace ui
{

/// A number of bytes in words: "Off", "512 MB", "1.5 GB". Steps double and halve it; any number
/// with or without a unit can be typed.
class ByteSpinBox : public QSpinBox
{
    Q_OBJECT

public:
    explicit ByteSpinBox(QWidget *parent = nullptr);

    quint64 bytes() const { return quint64(value()) << 20; }
    void setBytes(quint64 bytes) { setValue(int(bytes >> 20)); }

    void stepBy(int steps) override;

protected:
    QString textFromValue(int megabytes) const override;
    int valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;
};

} // namespace ui
