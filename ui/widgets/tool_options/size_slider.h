// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QSlider;

namespace ui
{

class Tool;

/// A tool's size in picture pixels: its number and a logarithmic slider.
class SizeSlider : public QWidget
{
    Q_OBJECT

public:
    /// `text` with %1 for the number.
    SizeSlider(const QString &text, const QString &toolTip, QWidget *parent = nullptr);
    /// Shows what `get` says whenever the tool's options change, and sets what is dragged.
    void follow(const Tool &tool, std::function<double()> get,
                const std::function<void(double)> &set);

private:
    void show(double pixels);

    QString m_text;
    QLabel *m_label;
    QSlider *m_slider;
};

} // namespace ui
